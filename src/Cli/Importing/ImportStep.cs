using HousingBank.Cli.Sources;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Importing;

/// <summary>One command made from what a source tells in one place.</summary>
/// <param name="Key">Names what is told, not where it stands: the same in every later edition of the source. "boso-ost/hamar/steering-group".</param>
/// <param name="Tenant">Whose history it belongs in.</param>
/// <param name="What">In words, for whoever reads the list of what an import would do.</param>
public sealed record ImportStep(string Key, string Tenant, Command Command, Place At, string What)
{
    /// <summary>Made from the key alone: what was imported before is known again, and a line that has changed since is noticed.</summary>
    public Guid CommandId => NamedUuid.Make(NamedUuid.Root, "import:" + Key);
}
