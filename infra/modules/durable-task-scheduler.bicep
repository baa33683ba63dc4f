// The managed backend for orchestrations, instead of queues and tables in the storage account.

import { durableTaskDataContributor } from 'roles.bicep'

param name string
param location string
param tags object
param taskHubName string
param appPrincipalId string

@description('From where the hub may be called, as CIDR ranges. An empty list lets nobody in.')
param ipAllowlist string[]

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: ipAllowlist
    sku: { name: 'Consumption' }
  }

  resource hub 'taskHubs' = {
    name: taskHubName
  }
}

resource worker 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler::hub.id, appPrincipalId, durableTaskDataContributor)
  scope: scheduler::hub
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

output endpoint string = scheduler.properties.endpoint
