using Npgsql;

namespace HousingBank.Store.Tests;

public sealed class SeveralHostsTests
{
    [Theory]
    [InlineData("Host=a,b", 2)]
    [InlineData("Host=a,b;Host Recheck Seconds=10", 10)]
    [InlineData("Host=a,b:5433;Target Session Attributes=read-write;HostRecheckSeconds=7", 7)]
    public async Task The_primary_among_them_is_looked_for_again_soon_unless_told_otherwise(string connectionString, int seconds)
    {
        await using var source = StoreDataSource.Create(connectionString, StoreRole.App);

        new NpgsqlConnectionStringBuilder(source.ConnectionString).HostRecheckSeconds.ShouldBe(seconds);
    }
}
