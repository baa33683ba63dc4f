// The secrets, by reference only: this deployment never sees a value. People with the Secrets Officer role set them, the app
// reads them.

import { keyVaultSecretsOfficer, keyVaultSecretsUser } from 'roles.bicep'
import { principal } from 'types.bicep'

param name string
param location string
param tags object
param appPrincipalId string
param secretsOfficers principal[]
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for officer in secretsOfficers: {
    name: guid(vault.id, officer.id, keyVaultSecretsOfficer)
    scope: vault
    properties: {
      principalId: officer.id
      principalType: officer.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
