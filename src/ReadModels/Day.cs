using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels;

/// <summary>A day as it is shown: where it is placed, and the span it was told as.</summary>
/// <param name="On">The day folds and questions use.</param>
/// <param name="First">The earliest day it can have been; equal to <paramref name="Last"/> for an exact day.</param>
/// <param name="Last">The latest day it can have been.</param>
/// <param name="AssumedBecause">Why the day is assumed; null when it was told.</param>
public sealed record Day(DateOnly On, DateOnly First, DateOnly Last, DayPrecision Precision, string? AssumedBecause);
