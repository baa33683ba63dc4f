// Azure's built-in roles that this deployment gives away, each with the reason.

@export()
@description('Reads, writes and leases blobs: the Functions host keeps its locks, timers and keys there and asks for Owner in its documentation; the deployment package lies there too.')
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
@description('Reads, writes and creates queues: the Durable Task hub.')
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@export()
@description('Reads, writes and creates tables: the Durable Task hub and Waybill\'s own records.')
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@export()
@description('Reads the values of secrets, nothing else.')
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

@export()
@description('Sets and reads secrets: for the people who put them there, never for the app.')
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

@export()
@description('Sends telemetry to one Application Insights resource.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Starts, signals, runs and purges orchestrations in one Durable Task hub. Durable Task Worker is less, but may not start any.')
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'
