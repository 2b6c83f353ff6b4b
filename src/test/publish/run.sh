#!/usr/bin/env bash
# Deploys a release to a folder, checks what is in it, and uses it from projects of its own.
# Arguments go to Maven, for example -Dgpg.keyname=<key>.
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
published="file://$work/published"

version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -n 1; }

# no test is compiled or run; a warning of Javadoc ends the build
mvn -B -ntp -Prelease -Dmaven.test.skip -Dmaven.install.skip -Dmaven.source.forceCreation \
  -DaltDeploymentRepository="check::$published" "$@" deploy

java src/test/publish/CheckRepository.java "$work/published"

# the published modules stay out of the local repository: it is used by hard links
local_repository=${MAVEN_LOCAL_REPOSITORY:-$HOME/.m2/repository}
cp -al "$local_repository" "$work/local" 2>/dev/null || cp -a "$local_repository" "$work/local"
rm -rf "$work/local/io/github/resilientws"

netty=$(sed -n '/<artifactId>netty-codec-http</,/<\/dependency>/s:.*<version>\(.*\)</version>.*:\1:p' \
  resilient-ws-core/target/published-pom.xml)
versions=(-Dnetty.version="$netty" -Dresilient-ws.version="$(version_of version)")
for name in spring-boot maven-compiler-plugin maven-resources-plugin exec-maven-plugin; do
  versions+=("-D$name.version=$(version_of "$name.version")")
done
cp -r src/test/publish/consumer "$work/consumer"
mvn -B -ntp -q -f "$work/consumer/pom.xml" -Dmaven.repo.local="$work/local" -Dpublished="$published" "${versions[@]}" \
  process-classes
