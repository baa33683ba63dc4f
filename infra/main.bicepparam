// A sample: copy it (main.prod.bicepparam, say), put in your own values, and keep it in your repository. Nothing here is secret.
using 'main.bicep'

param alertEmail = 'platform-team@example.com'

param tags = {
  application: 'waybill'
  environment: 'production'
}

// Settings > Developer settings > GitHub Apps > your app; and the number at the end of the installation page's address.
param gitHub = {
  id: '123456'
  installationId: 12345678
}

// Who puts the secrets into the Key Vault: az ad signed-in-user show --query id --output tsv
param secretsOfficers = [
  { id: '00000000-0000-0000-0000-000000000000', type: 'User' }
]

// The Entra app registration through which people sign in, and the group that may. Empty: nobody signs in.
param signInClientId = ''
param signInGroups = []

// The clusters, by the names that manifests use. The kubeconfig says where, not who: the app enters with its own identity.
param settings = {
  Clusters__prod__Kubeconfig: '/home/site/wwwroot/pipeline/clusters/prod.kubeconfig'
  Clusters__prod__Entra: 'true'
}

// Secrets beyond the standard ones: the setting, and the secret's name in the Key Vault.
param keyVaultSettings = {
  // PulumiCloud__Token: 'pulumi-access-token'
}
