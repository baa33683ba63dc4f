// Shapes of parameters that more than one file speaks of.

@export()
@description('Somebody in Entra, by object ID.')
@sealed()
type principal = {
  @minLength(36)
  @maxLength(36)
  id: string
  type: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('The GitHub App that reads the repositories. Its private key is in the Key Vault.')
@sealed()
type gitHubApp = {
  @description('The App ID or Client ID on the app\'s settings page.')
  @minLength(1)
  id: string

  @description('The number at the end of the installation page\'s address.')
  @minValue(1)
  installationId: int
}
