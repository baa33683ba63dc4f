// The one identity that Waybill runs as. User-assigned, so that every role is in place before the app first starts, and so
// that what clusters and Entra were told about it stays true when the app is made anew.

param name string
param location string
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
