// What a person should hear of. Each alert is a query over the workspace; all of them mail the same people.

param prefix string
param location string
param tags object
param workspaceId string
param email string

// A test holds the names of counters and attributes to those that the app sends.
var promotions = 'waybill.promotions'
var rejections = 'waybill.webhook.rejections'

var alerts = [
  {
    name: 'promotion-failed'
    severity: 2
    title: 'A promotion failed or ended in an error'
    description: 'Open the dashboard: the promotion\'s page says which step failed and why. Failed is the deployment\'s fault, Errored means that Waybill could not tell or do.'
    query: 'AppMetrics | where Name == "${promotions}" | extend Outcome = tostring(Properties["waybill.outcome"]), Project = tostring(Properties["waybill.project"]), Stage = tostring(Properties["waybill.stage"]) | where Outcome in ("Failed", "Errored") | summarize Promotions = sum(Sum) by Outcome, Project, Stage'
    measure: 'Promotions'
    dimensions: ['Outcome', 'Project', 'Stage']
    threshold: 0
    // Each promotion is news; the other two are conditions that last.
    resolvesItself: false
    window: 'PT5M'
    frequency: 'PT5M'
  }
  {
    name: 'function-failed'
    severity: 2
    title: 'Functions fail'
    description: 'Several executions of one function ended in an exception within fifteen minutes. Orchestrations go on by themselves once the cause is gone; look at the failures in Application Insights.'
    query: 'AppRequests | where Success == false and (toint(ResultCode) == 0 or toint(ResultCode) >= 500 or isnull(toint(ResultCode))) | summarize Failures = sum(ItemCount) by OperationName'
    measure: 'Failures'
    dimensions: ['OperationName']
    threshold: 2
    resolvesItself: true
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'webhooks-rejected'
    severity: 3
    title: 'Webhooks are refused'
    description: 'More than a handful of webhooks were refused within fifteen minutes: the secret in GitHub is not the one in the Key Vault, or somebody is trying.'
    query: 'AppMetrics | where Name == "${rejections}" | extend Reason = tostring(Properties["waybill.reason"]) | summarize Rejections = sum(Sum) by Reason'
    measure: 'Rejections'
    dimensions: ['Reason']
    threshold: 5
    resolvesItself: true
    window: 'PT15M'
    frequency: 'PT15M'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-people'
  // Action groups have no region of their own.
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'waybill'
    emailReceivers: [{ name: 'people', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: '${prefix}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Waybill: ${alert.title}'
      description: alert.description
      enabled: true
      severity: alert.severity
      scopes: [workspaceId]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      autoMitigate: alert.resolvesItself
      // The tables appear with the first telemetry, which a fresh deployment has not sent yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: alert.measure
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: alert.threshold
            dimensions: [for dimension in alert.dimensions: { name: dimension, operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
