namespace HousingBank.Domain.Vocabulary;

/// <summary>The phases of a participation, in the framework model's order.</summary>
public enum Phase
{
    Preparation,
    Planning,
    Implementation,
    PhaseOut,
}

/// <summary>What a learning entry adds knowledge about.</summary>
public enum KnowledgeArea
{
    /// <summary>Practical social housing work.</summary>
    PracticalWork,
    ProgrammeLearning,
    ProjectLearning,
    PolicyRelevant,
}

/// <summary>The roles of domain.md, and the two that only programs have.</summary>
public enum Role
{
    Secretariat,
    Council,
    Leadership,
    Municipality,
    Evaluator,
    Auditor,

    /// <summary>Runs imports and simulations; the only one that may use notDocumented.</summary>
    Import,

    /// <summary>Commands that processes issue when something has happened.</summary>
    Process,
}

/// <summary>A text in the three languages of the pages; nb is always there.</summary>
public sealed record LocalText(string Nb, string? Nn = null, string? En = null);

/// <summary>A political or administrative resolution by a municipal body.</summary>
/// <param name="Body">The body, by its own name: "kommunestyret", "formannskapet".</param>
/// <param name="On">The day it was made; null when not documented.</param>
/// <param name="CaseNumber">The municipality's case number; null when not documented.</param>
public sealed record Resolution(string Body, StatedDay? On, string? CaseNumber);
