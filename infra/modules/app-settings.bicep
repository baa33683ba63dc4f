// The settings that the app starts with. Creates nothing.

import { gitHubApp } from 'types.bicep'

param clientId string
param storageName string
param tableEndpoint string
param tableName string
param vaultUri string
param insightsConnectionString string
param taskHubName string

@description('A Durable Task Scheduler\'s endpoint; empty to keep orchestrations in the storage account.')
param schedulerEndpoint string

param gitHub gitHubApp?
param manifestsPath string
param settings object
param keyVaultSettings object
param signsIn bool

var durable = 'AzureFunctionsJobHost__extensions__durableTask'

var platform = {
  AZURE_CLIENT_ID: clientId
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  '${durable}__hubName': taskHubName
}

var scheduler = empty(schedulerEndpoint)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${clientId}'
      '${durable}__storageProvider__type': 'azureManaged'
      '${durable}__storageProvider__connectionStringName': 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    }

var product = {
  Storage__ServiceUri: tableEndpoint
  Storage__TableName: tableName
  Manifests__Path: manifestsPath
  Access__PromoterRoles__0: 'Waybill.Promoter'
  AzureWebJobsDisableHomepage: 'true'
  SweepSchedule: '0 */5 * * * *'
  HealthSchedule: '30 */5 * * * *'
  PollSchedule: '15 */5 * * * *'
  HousekeepingSchedule: '45 7 * * * *'
}

var gitHubApplication = gitHub == null
  ? {}
  : {
      GitHub__App__Id: gitHub!.id
      GitHub__App__InstallationId: string(gitHub!.installationId)
    }

// Not slot-sticky, as there are no slots on Flex Consumption.
var signIn = signsIn
  ? { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: clientId, WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId }
  : {}

var secretNames = union(
  {
    GitHub__WebhookSecret: 'github-webhook-secret'
    Approvals__SigningKeys__0: 'approvals-signing-key'
  },
  gitHub == null ? {} : { GitHub__App__PrivateKey: 'github-app-private-key' },
  keyVaultSettings
)

// Without a version: a rotated secret is taken up by itself, within a day or at the next restart.
var secrets = mapValues(secretNames, name => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${name})')

output all object = union(platform, scheduler, product, gitHubApplication, signIn, settings, secrets)
