#!/usr/bin/env bash
# Asks the package sources whether a package we use has a known vulnerability. Sources that cannot tell are named and pass:
# what holds without them (pinned versions, lock files, the list in docs/reference/dependencies.md) is tested in tests/Rules.
set -uo pipefail
cd "$(dirname "$0")/.."

found=0

nuget_sources_tell() {
  local source
  for source in $(dotnet nuget list source --format short | sed -n 's/^E \(http.*\)$/\1/p'); do
    curl -fsS --max-time 20 "$source" 2>/dev/null | grep -q '"VulnerabilityInfo/' && return
  done
  return 1
}

if nuget_sources_tell; then
  report=$(dotnet list Programme.sln package --vulnerable --include-transitive 2>&1)
  if [ $? -ne 0 ] || grep -q 'has the following vulnerable packages' <<<"$report"; then
    echo "$report"
    found=1
  else
    echo "NuGet: no package has a known vulnerability."
  fi
else
  echo "NuGet: not audited, no source here tells of vulnerabilities."
fi

for folder in src/Web tools/lint tools/oidc tools/postgres; do
  report=$(cd "$folder" && npm audit --json --audit-level=high 2>/dev/null)
  node -e '
    let report = {};
    try { report = JSON.parse(process.argv[1]); } catch { }
    const counts = report.metadata?.vulnerabilities;
    if (!counts) { console.log(`npm, ${process.argv[2]}: not audited, the registry here tells of no vulnerabilities.`); process.exit(0); }
    const grave = counts.high + counts.critical;
    console.log(`npm, ${process.argv[2]}: ${grave} grave, ${counts.total - grave} lesser vulnerabilities.`);
    if (grave) console.log(Object.values(report.vulnerabilities).map(v => `  ${v.name}: ${v.severity}`).join("\n"));
    process.exit(grave ? 1 : 0);' "$report" "$folder" || found=1
done

exit $found
