// App Service authentication: people sign in to the dashboard, programs send Entra tokens to the API. The paths left out carry
// their own proof: GitHub's and Pulumi's webhooks a signature, approval links a signed token. /assets and /healthz tell nothing about anybody.

param appName string
param clientId string

@description('Groups whose members may enter; everybody in the tenant when empty.')
param allowedGroups string[]

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource authentication 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: ['/webhooks/*', '/approvals/*', '/assets/*', '/healthz']
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          // No client secret: the app proves itself with its managed identity, which the registration trusts.
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [clientId, 'api://${clientId}']
          defaultAuthorizationPolicy: empty(allowedGroups) ? {} : { allowedPrincipals: { groups: allowedGroups } }
        }
      }
    }
    login: {
      tokenStore: { enabled: false }
      preserveUrlFragmentsForLogins: true
    }
  }
}
