namespace HousingBank.Web.Tests;

/// <summary>The machine's clock, put forward.</summary>
public sealed class ClockAhead : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
