// All of Waybill in one resource group, with one command:
//   az deployment group create --resource-group GROUP --template-file infra/main.bicep --parameters infra/main.bicepparam
// No parameter is a secret: secrets go straight into the Key Vault (docs/deploy.md says which).

import { gitHubApp, principal } from 'modules/types.bicep'

@description('What every name begins with: lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param namePrefix string = 'waybill'

@description('Where everything is.')
param location string = resourceGroup().location

@description('Put on every resource.')
param tags object = { application: 'waybill' }

@description('The app\'s .NET version, as Flex Consumption names it; az functionapp list-flexconsumption-runtimes prints what a region has.')
param dotnetVersion string = '10.0'

@description('Memory of one instance: 512, 2048 or 4096.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How many instances there may be at once.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances for HTTP that never go away, against cold starts. They are paid for all day.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('A subnet delegated to Microsoft.App/environments, for clusters whose API server is private; none when empty.')
param subnetId string = ''

@description('How often the storage account keeps each byte.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Where orchestrations live: in the storage account, or in a Durable Task Scheduler. Changing it leaves running ones behind.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param durableBackend string = 'AzureStorage'

@description('The Durable Task hub.')
@minLength(3)
@maxLength(45)
param taskHubName string = 'waybill'

@description('From where a Durable Task Scheduler may be called. Flex Consumption has no fixed addresses; Entra is what guards it.')
param schedulerIpAllowlist string[] = ['0.0.0.0/0']

@description('The GitHub App that reads the repositories; public repositories only when null.')
param gitHub gitHubApp?

@description('The folder of manifests, in the deployed package.')
param manifestsPath string = '/home/site/wwwroot/pipeline'

@description('Where people reach Waybill, such as https://waybill.example.com/; the app\'s own address when empty.')
param publicUrl string = ''

@description('Further settings by name (Clusters__prod__Kubeconfig and the like). None may be a secret.')
param settings object = {}

@description('Further settings whose values are secrets: the setting\'s name, and the name of the Key Vault secret.')
param keyVaultSettings object = {}

@description('Who sets the secrets: people or groups, by Entra object ID.')
param secretsOfficers principal[] = []

@description('The client ID of the Entra app registration through which people sign in; nobody can sign in when empty.')
param signInClientId string = ''

@description('Object IDs of Entra groups whose members may enter; everybody in the tenant when empty.')
param signInGroups string[] = []

@description('Who is told of failed promotions, failing functions and refused webhooks.')
@minLength(6)
param alertEmail string

@description('How long telemetry is kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('GB of telemetry a day after which no more is taken until the next day; 0 for no limit.')
@minValue(0)
param logDailyQuotaGb int = 1

var suffix = uniqueString(resourceGroup().id)
var appName = '${namePrefix}-${suffix}'
var records = 'waybill'

module identity 'modules/identity.bicep' = {
  params: { name: '${namePrefix}-identity', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: '${namePrefix}-logs'
    insightsName: '${namePrefix}-insights'
    location: location
    tags: tags
    writerPrincipalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: '${namePrefix}${suffix}'
    location: location
    tags: tags
    sku: storageSku
    tableName: records
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: '${take(namePrefix, 10)}-${suffix}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    secretsOfficers: secretsOfficers
    workspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (durableBackend == 'DurableTaskScheduler') {
  params: {
    name: '${namePrefix}-scheduler-${suffix}'
    location: location
    tags: tags
    taskHubName: taskHubName
    appPrincipalId: identity.outputs.principalId
    ipAllowlist: schedulerIpAllowlist
  }
}

module appSettings 'modules/app-settings.bicep' = {
  params: {
    clientId: identity.outputs.clientId
    storageName: storage.outputs.name
    tableEndpoint: storage.outputs.tableEndpoint
    tableName: records
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.connectionString
    taskHubName: taskHubName
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    gitHub: gitHub
    manifestsPath: manifestsPath
    settings: settings
    keyVaultSettings: keyVaultSettings
    signsIn: !empty(signInClientId)
  }
}

module app 'modules/function-app.bicep' = {
  params: {
    name: appName
    planName: '${namePrefix}-plan'
    location: location
    tags: tags
    identityId: identity.outputs.id
    dotnetVersion: dotnetVersion
    packagesUrl: storage.outputs.packagesUrl
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: subnetId
    workspaceId: monitoring.outputs.workspaceId
    publicUrl: publicUrl
    settings: appSettings.outputs.all
  }
}

module authentication 'modules/authentication.bicep' = if (!empty(signInClientId)) {
  params: { appName: app.outputs.name, clientId: signInClientId, allowedGroups: signInGroups }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    prefix: namePrefix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

@description('The function app\'s name, for deploying the package.')
output functionAppName string = app.outputs.name

@description('Where Waybill is.')
output url string = app.outputs.url

@description('What to enter as the webhook\'s address in the GitHub App.')
output webhookUrl string = '${app.outputs.url}webhooks/github'

@description('Where the secrets go.')
output keyVaultName string = vault.outputs.name

@description('Whom infra/cluster/rbac.yaml names as its subject: the object ID that clusters know the app by.')
output identityPrincipalId string = identity.outputs.principalId

@description('The identity\'s client ID, which an Entra app registration trusts for signing in.')
output identityClientId string = identity.outputs.clientId
