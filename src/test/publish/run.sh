#!/usr/bin/env bash
# Deploys a release to a folder, checks what is in it, and uses it from projects of its own.
# Arguments go to Maven, for example -Dgpg.keyname=<key>.
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
published="file://$work/published"

version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -n 1; }

# a copy by hard links, so that neither the published modules nor their metadata get into the local repository
mkdir -p "$HOME/.m2/repository"
cp -al "$HOME/.m2/repository" "$work/local" 2>/dev/null \
  || { rm -rf "$work/local"; cp -a "$HOME/.m2/repository" "$work/local"; }
rm -rf "$work/local/io/github/resilientws"
maven() { mvn -B -ntp -Dmaven.repo.local="$work/local" "$@"; }

# no test is compiled or run; a warning of Javadoc ends the build
maven -Prelease -Dmaven.test.skip -Dmaven.install.skip -Dmaven.source.forceCreation \
  -DaltDeploymentRepository="check::$published" "$@" deploy

java src/test/publish/CheckRepository.java "$work/published"

netty=$(sed -n '/<artifactId>netty-codec-http</,/<\/dependency>/s:.*<version>\(.*\)</version>.*:\1:p' \
  resilient-ws-core/target/published-pom.xml)
versions=(-Dnetty.version="$netty" -Dresilient-ws.version="$(version_of version)")
for name in spring-boot maven-compiler-plugin maven-resources-plugin exec-maven-plugin; do
  versions+=("-D$name.version=$(version_of "$name.version")")
done
cp -r src/test/publish/consumer "$work/consumer"
maven -q -f "$work/consumer/pom.xml" -Dpublished="$published" "${versions[@]}" process-classes
