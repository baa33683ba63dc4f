// What a person should hear of. Each alert is a query over the workspace; all of them mail the same people.

param prefix string
param location string
param tags object
param workspaceId string
param email string

@description('The counter of finished promotions, and the attribute that holds their phase.')
param promotionsMetric string

@description('The counter of webhooks that were refused.')
param rejectionsMetric string

var alerts = [
  {
    name: 'promotion-failed'
    severity: 2
    title: 'A promotion failed or ended in an error'
    description: 'Open the dashboard: the promotion\'s page says which step failed and why. Failed is the deployment\'s fault, Errored means that Waybill could not tell or do.'
    query: 'AppMetrics | where Name == "${promotionsMetric}" | extend Phase = tostring(Properties["phase"]), Project = tostring(Properties["project"]), Stage = tostring(Properties["stage"]) | where Phase in ("Failed", "Errored") | summarize Promotions = sum(Sum) by Phase, Project, Stage'
    measure: 'Promotions'
    dimensions: ['Phase', 'Project', 'Stage']
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
    query: 'AppMetrics | where Name == "${rejectionsMetric}" | extend Reason = tostring(Properties["reason"]) | summarize Rejections = sum(Sum) by Reason'
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
