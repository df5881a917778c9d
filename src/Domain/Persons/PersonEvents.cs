using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Persons;

/// <summary>What was decided about a person's data; never what the data said.</summary>
public abstract record PersonEvent : Fact;

/// <summary>Why a person's data were erased. One of these and no free text: a text could name the person.</summary>
public enum ErasureReason
{
    /// <summary>The person asked for it.</summary>
    Requested,

    /// <summary>The purpose they were kept for is over.</summary>
    NoLongerNeeded,

    /// <summary>The time they may be kept is over.</summary>
    RetentionEnded,

    /// <summary>They should never have been recorded.</summary>
    RecordedWrongly,
}

/// <summary>The person's key was destroyed: whatever was sealed under it can be read by nobody any more, wherever copies of it are.</summary>
[StoredAs("person-erased")]
public sealed record PersonErased(ErasureReason Reason) : PersonEvent;
