using System.Net.Sockets;
using Npgsql;

namespace HousingBank.Store.Tests;

public sealed class PassingFaultsTests
{
    [Theory]
    [InlineData("40P01")] // deadlock
    [InlineData("40001")] // serialisation
    [InlineData("40003")] // outcome unknown
    [InlineData("55P03")] // lock not available
    [InlineData("53100")] // disk full
    [InlineData("53200")] // memory
    [InlineData("53300")] // connections
    [InlineData("57014")] // cancelled
    [InlineData("57P01")] // shut down by an administrator
    [InlineData("57P02")] // after a crash
    [InlineData("57P03")] // starting up
    [InlineData("58030")] // file system
    [InlineData("25006")] // a standby
    [InlineData("26000")] // statements forgotten
    [InlineData("08006")] // connection lost
    public void What_the_database_says_of_itself_passes(string state) => PassingFaults.Includes(Error(state)).ShouldBeTrue();

    [Theory]
    [InlineData("23505")]
    [InlineData("42501")]
    [InlineData("42601")]
    [InlineData("22P02")]
    [InlineData("XX001")]
    public void What_the_database_says_of_the_request_does_not(string state) => PassingFaults.Includes(Error(state)).ShouldBeFalse();

    [Fact]
    public void A_connection_that_fails_passes_also_within_another_fault()
    {
        PassingFaults.Includes(new InvalidOperationException("", new NpgsqlException("cut", new AggregateException()))).ShouldBeTrue();
        PassingFaults.Includes(Error("28P01", "FATAL")).ShouldBeTrue();
        PassingFaults.Includes(new SocketException((int)SocketError.HostNotFound)).ShouldBeTrue();
        PassingFaults.Includes(new InvalidOperationException()).ShouldBeFalse();
        PassingFaults.Includes(null).ShouldBeFalse();
    }

    private static PostgresException Error(string state, string severity = "ERROR") => new("", severity, severity, state);
}
