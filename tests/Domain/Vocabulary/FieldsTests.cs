using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Vocabulary;

public class FieldsTests
{
    private sealed record Wish(string? What, ValueList<string> Items);

    [Theory]
    [InlineData("bolig", null)]
    [InlineData("🏠", null)]
    [InlineData(null, Fields.Missing)]
    [InlineData("", Fields.Missing)]
    [InlineData(" \t\n", Fields.Missing)]
    [InlineData("bo\0lig", Fields.Unreadable)]
    [InlineData("\ud83c", Fields.Unreadable)]
    [InlineData("\udfe0\ud83c", Fields.Unreadable)]
    public void A_text_is_there_and_can_be_stored(string? value, string? code) =>
        Fields.Name(value)?.Code.ShouldBe(code);

    [Fact]
    public void A_text_may_be_as_long_as_the_limit_and_no_longer()
    {
        Fields.Name(new string('a', Fields.NameLength)).ShouldBeNull();
        Fields.Name(TooLongForAName).ShouldBe(Refusal.OfField(Fields.TooLong, "tooLongForAName").With("longest", Fields.NameLength));
        Fields.Reason(new string('a', Fields.ReasonLength)).ShouldBeNull();
        Fields.Reason(TooLongForAReason)!.Code.ShouldBe(Fields.TooLong);
        Fields.LongText(new string('a', Fields.TextLength)).ShouldBeNull();
        Fields.LongText(new string('a', Fields.TextLength + 1))!.Code.ShouldBe(Fields.TooLong);
    }

    [Fact]
    public void What_need_not_be_given_must_not_be_blank_when_it_is()
    {
        Fields.NameIfAny(null).ShouldBeNull();
        Fields.NameIfAny(" ")!.Code.ShouldBe(Fields.Missing);
        Fields.ReasonIfAny(null).ShouldBeNull();
        Fields.LongTextIfAny(null).ShouldBeNull();
    }

    [Fact]
    public void A_field_is_named_as_the_caller_wrote_it()
    {
        var command = new Wish(null, ["bolig", ""]);
        Fields.Name(command.What)!.Field.ShouldBe("what");
        Fields.Texts(command.Items, Fields.NameLength)!.Field.ShouldBe("items[1]");
        Fields.NoneTwice<string>(["a", "a"], "items")!.Field.ShouldBe("items");
    }

    [Fact]
    public void A_list_has_an_end() =>
        Fields.Texts([.. Enumerable.Range(0, Fields.ListLength + 1).Select(i => $"{i}")], Fields.NameLength, "items")!.Code.ShouldBe(Fields.TooLong);

    [Fact]
    public void A_number_lies_between_both_ends_included()
    {
        Fields.Between(1, 1, 3, "loop").ShouldBeNull();
        Fields.Between(3, 1, 3, "loop").ShouldBeNull();
        Fields.Between(null, 1, 3, "loop").ShouldBeNull();
        Fields.Between(0, 1, 3, "loop").ShouldBe(Refusal.OfField(Fields.OutOfRange, "loop").With("least", 1).With("most", 3));
    }

    [Fact]
    public void A_value_is_one_that_has_a_name()
    {
        Fields.Known(Phase.PhaseOut, "phase").ShouldBeNull();
        Fields.Known((Phase)4, "phase")!.Code.ShouldBe(Fields.UnknownValue);
        Fields.Known((Phase?)null, "phase").ShouldBeNull();
    }

    [Fact]
    public void A_day_can_have_been()
    {
        var day = new DateOnly(2010, 3, 31);
        Fields.Day(null).ShouldBeNull();
        Fields.Day(day).ShouldBeNull();
        Fields.Day(StatedDay.Between(day, day.AddDays(30)), "due").ShouldBeNull();
        Fields.Day(StatedDay.Between(day.AddDays(1), day), "due")!.Code.ShouldBe(Fields.DaysReversed);
        Fields.Day(new DateOnly(1899, 12, 31), "due")!.Code.ShouldBe(Fields.OutOfRange);
        Fields.Day(new DateOnly(2200, 1, 1), "due")!.Code.ShouldBe(Fields.OutOfRange);
        Fields.Day(new StatedDay(day, day, (DayPrecision)9), "due")!.Field.ShouldBe("due.precision");
        Fields.Day(StatedDay.From(day, DayPrecision.Month, " "), "due")!.Field.ShouldBe("due.assumedBecause");
    }

    [Theory]
    [InlineData(DayPrecision.Day, "2025-01-05", "2025-01-06")]
    [InlineData(DayPrecision.Month, "2025-01-05", "2026-12-31")]
    [InlineData(DayPrecision.Month, "2025-01-01", "2025-01-30")]
    [InlineData(DayPrecision.Season, "2025-03-01", "2025-06-30")]
    [InlineData(DayPrecision.Season, "2025-12-01", "2025-12-31")]
    [InlineData(DayPrecision.Year, "2025-01-01", "2026-12-31")]
    public void A_span_is_the_one_that_is_told(DayPrecision precision, string first, string last)
    {
        var (from, to) = (DateOnly.Parse(first, null), DateOnly.Parse(last, null));

        var wrong = Fields.Day(new StatedDay(from, to, precision), "due")!;

        (wrong.Code, wrong.Field).ShouldBe((Fields.SpanOfAnother, "due"));
        Fields.Day(StatedDay.From(from, precision), "due").ShouldBeNull();
        Fields.Day(StatedDay.Between(from, to), "due").ShouldBeNull();
    }

    [Fact]
    public void What_every_command_carries_is_checked_in_one_place()
    {
        var command = new CloseRound(Round) { On = Day(2009, 9, 30) };
        Fields.OfAny(command).ShouldBeNull();
        Fields.OfAny(command with { On = StatedDay.Between(new(2010, 1, 1), new(2009, 1, 1)) })!.Field.ShouldBe("on");
        Fields.OfAny(command with { Grounds = Grounds.None with { DecidedBy = " " } })!.Field.ShouldBe("grounds.decidedBy");
        Fields.OfAny(command with { Grounds = Grounds.None with { EntryReason = "\0" } })!.Field.ShouldBe("grounds.entryReason");
        Fields.OfAny(command with { Grounds = Grounds.None with { Basis = new Basis(BasisKind.Case, "\0") } })!.Field.ShouldBe("grounds.basis.reference");
        Fields.OfAny(command with { Grounds = Grounds.None with { NotDocumented = ["capacity", "capacity"] } })!.Field.ShouldBe("grounds.notDocumented");
    }
}
