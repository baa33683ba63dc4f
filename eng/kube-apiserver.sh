#!/usr/bin/env bash
# A real kube-apiserver for the tests, built from Debian 12's own packages (no other source of binaries is needed).
#   kube-apiserver.sh key          prints the version that Debian offers: the name under which a build is kept
#   kube-apiserver.sh build DIR    builds kube-apiserver into the empty folder DIR and puts Debian's etcd beside it
# Nothing needs root: apt works on a state of its own inside DIR.
set -euo pipefail

packages=(golang-1.19-go golang-1.19-src etcd-server golang-github-modern-go-reflect2-dev)

# Raise it when the recipe changes what is built, so that machines with an older build make a new one.
recipe=1

refuse() {
  echo "$1" >&2
  exit 1
}

require_debian_12() {
  local system
  system=$(uname -s)
  if [ -r /etc/os-release ]; then
    # shellcheck source=/dev/null
    system=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-}")
  fi
  [ "$system" = "debian 12" ] || refuse "it is built from Debian 12's packages, and this is ${system}"
}

key() {
  require_debian_12
  local version
  version=$(apt-cache policy kubernetes-client | sed -n 's/^ *Candidate: *//p')
  case "$version" in
    "" | "(none)") refuse "apt knows no kubernetes package (apt-get update)" ;;
  esac
  echo "${version}-$(dpkg --print-architecture)-r${recipe}"
}

apt_private() {
  apt-get -q \
    -o Dir::State="$work/apt/state" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$work/apt/cache" \
    -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/sources" \
    -o Acquire::Retries=3 -o APT::Sandbox::User="$(id -un)" "$@"
}

# Debian's images list no source packages, so its own list is copied with them switched on.
write_sources() {
  mkdir -p "$work"/apt/{sources,state/lists/partial,cache/archives/partial}
  if [ -r /etc/apt/sources.list.d/debian.sources ]; then
    sed 's/^Types:.*/Types: deb deb-src/' /etc/apt/sources.list.d/debian.sources >"$work/apt/sources/debian.sources"
  elif [ -r /etc/apt/sources.list ]; then
    sed -n 's/^deb \(.*\)/deb \1\ndeb-src \1/p' /etc/apt/sources.list >"$work/apt/sources/debian.list"
  else
    refuse "neither /etc/apt/sources.list.d/debian.sources nor /etc/apt/sources.list can be read"
  fi
}

download() {
  cd "$work"
  apt_private update
  apt_private download "${packages[@]}"
  apt_private source --download-only kubernetes
  local package
  for package in ./*.deb; do
    dpkg -x "$package" root
  done
  dpkg-source -x kubernetes_*.dsc src
}

# Both are needed because this Go is newer than this Kubernetes.
mend() {
  cd "$work/src/vendor"
  # reflect.DeepEqual changed its mind about this comparison, and every CRD with `default: ""` would be refused.
  sed -i 's/data == nil || reflect\.DeepEqual(reflect\.Zero(reflect\.TypeOf(data)), reflect\.ValueOf(data))/data == nil/' \
    k8s.io/kube-openapi/pkg/validation/validate/type.go github.com/go-openapi/validate/type.go
  # reflect2 1.0.1 looks into runtime internals that have moved; Debian's 1.0.2 does not.
  rm -rf github.com/modern-go/reflect2
  cp -r "$work/root/usr/share/gocode/src/github.com/modern-go/reflect2" github.com/modern-go/reflect2
}

prepare_go() {
  export GOROOT=$work/root/usr/lib/go-1.19 GOPATH=$work/gopath GOCACHE=$work/gocache
  export GO111MODULE=off CGO_ENABLED=0 GOFLAGS=
  PATH=$GOROOT/bin:$GOPATH/bin:$PATH
  mkdir -p "$GOPATH/src/k8s.io" "$GOPATH/bin"
  ln -s "$work/src" "$GOPATH/src/k8s.io/kubernetes"
  cd "$GOPATH/src/k8s.io/kubernetes"
}

# Every package whose types appear in the API's OpenAPI document, as import paths joined by commas.
openapi_packages() {
  grep -rl --include='*.go' '+k8s:openapi-gen=' cmd pkg plugin staging/src vendor 2>/dev/null |
    grep -v -e '_test\.go$' -e /testdata/ -e /code-generator/ -e /sample-apiserver/ |
    xargs -n 1 dirname | sed -e 's|^staging/src/|vendor/|' -e 's|^|k8s.io/kubernetes/|' |
    LC_ALL=C sort -u | paste -s -d , -
}

generate_openapi() {
  go build -p 2 -o "$GOPATH/bin/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
  openapi-gen --logtostderr -i "$(openapi_packages)" -p k8s.io/kubernetes/pkg/generated/openapi \
    -O zz_generated.openapi -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations"
}

# Debian's version is written "1.20.5+really1.20.2-1.1": what was really built comes after "really".
kubernetes_version() {
  dpkg-parsechangelog -l debian/changelog -S Version | sed -e 's/^.*really//' -e 's/^[0-9]*://' -e 's/-.*$//'
}

version_flags() {
  local version=$1 package
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    printf -- ' -X %s.gitVersion=v%s -X %s.gitMajor=%s -X %s.gitMinor=%s' "$package" "$version" \
      "$package" "$(echo "$version" | cut -d . -f 1)" "$package" "$(echo "$version" | cut -d . -f 2)"
  done
}

build_apiserver() {
  go build -p 2 -tags providerless -ldflags "-s -w$(version_flags "$(kubernetes_version)")" \
    -o "$target/kube-apiserver" k8s.io/kubernetes/cmd/kube-apiserver
}

build() {
  require_debian_12
  command -v dpkg-source >/dev/null || refuse "dpkg-source is missing (apt-get install dpkg-dev)"
  target=$(cd "$1" && pwd)
  work=$target/work
  mkdir "$work"
  write_sources
  download
  mend
  prepare_go
  generate_openapi
  build_apiserver
  cp "$work/root/usr/bin/etcd" "$target/etcd"
  "$target/kube-apiserver" --version
  "$target/etcd" --version
  chmod -R u+w "$work"
  rm -rf "$work"
}

case "${1:-}" in
  key) key ;;
  build) build "${2:?the folder to build into}" ;;
  *) refuse "usage: kube-apiserver.sh key | build DIR" ;;
esac
