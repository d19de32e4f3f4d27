namespace MigrationsBuild.Vocabulary;

/// <summary>A verb of the command lines, and the target of a build that does the same.</summary>
/// <param name="Name">The name of the verb.</param>
/// <param name="Target">The MSBuild target; empty for a verb that only a deployed runner has.</param>
/// <param name="Summary">The description in the help.</param>
public sealed record Verb(string Name, string Target, string Summary)
{
    /// <summary>Other names, which are those of Alembic.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its positional argument, if it takes one.</summary>
    public VerbArgument? Argument { get; init; }

    /// <summary>Its own options.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>Examples of calls, without <c>dotnet db</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The property that <c>--verbose</c> sets; <see langword="null"/> if the verb's results have no longer form.</summary>
    public string? VerboseProperty { get; init; }

    /// <summary>Whether JSON results always have the longer form.</summary>
    public bool IsVerboseAsJson { get; init; }

    /// <summary>Whether a deployed runner has this verb.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>When the runner needs a database for it; <see langword="null"/> if a build executes it without the runner.</summary>
    public DatabaseNeed? DatabaseNeed { get; init; }

    /// <summary>Whether it is for all contexts if a call in a build names none. Other verbs then require a name.</summary>
    public bool TakesAllContexts { get; init; }

    /// <summary>
    /// Whether it is for all published contexts if a publish, or a call of a deployed runner, names none. A pipeline calls the verb once
    /// for everything that was published together.
    /// </summary>
    public bool TakesAllPublishedContexts { get; init; }

    /// <summary>Whether it never writes to a database. Other verbs need the primary server, and wait for it.</summary>
    public bool LeavesDatabaseAlone { get; init; }

    /// <summary>
    /// Whether it executes, records or writes approved SQL. A build then asks the worker, whatever an earlier build has found, and refuses
    /// the verb if the approvals are not certain.
    /// </summary>
    public bool NeedsApproval { get; init; }

    /// <summary>
    /// Whether <c>dotnet db</c> can skip the build if nothing has changed since the previous one and the verb changes nothing in the
    /// database. Its build records the facts that this needs.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether a verbose call is an exception of <see cref="IsRepeatable"/>: it shows authors, which git knows.</summary>
    public bool NeedsBuildIfVerbose { get; init; }

    /// <summary>Whether it may ask the person at the terminal, which only the process of the command can.</summary>
    public bool MayAsk { get; init; }

    /// <summary>Whether it can run on all projects of a solution.</summary>
    public bool TakesSolution { get; init; }

    /// <summary>Whether it checks model drift and approvals, so that its exit code reports them.</summary>
    public bool LooksForDrift { get; init; }

    /// <summary>Name and aliases.</summary>
    public IEnumerable<string> Words => Aliases.Prepend(Name);

    /// <summary>The properties of the verb, without those that every verb has.</summary>
    public IReadOnlyList<string> Properties =>
    [
        .. Options.Select(option => option.Property).Prepend(Argument?.Property).Append(VerboseProperty).OfType<string>()
            .Where(name => name.Length > 0),
    ];

    /// <summary>The option that sets a property; <see langword="null"/> if there is none.</summary>
    /// <param name="property">The property's name.</param>
    public VerbOption? FindOption(string property) => Options.FirstOrDefault(option => option.Property == property);

    /// <summary>Those of <see cref="Properties"/> whose values are <c>true</c> and <c>false</c>.</summary>
    public IEnumerable<string> Flags =>
        Options.Where(option => option.Value is null && option.Property.Length > 0).Select(option => option.Property)
            .Append(VerboseProperty).OfType<string>();
}

/// <summary>The positional argument of a verb.</summary>
/// <param name="Name">The name in the help.</param>
/// <param name="Property">The property that it sets.</param>
/// <param name="Summary">The description in the help.</param>
public sealed record VerbArgument(string Name, string Property, string Summary)
{
    /// <summary>The minimum number of values.</summary>
    public int AtLeast { get; init; }

    /// <summary>The maximum number of values. The property contains them separated by commas.</summary>
    public int AtMost { get; init; } = 1;
}

/// <summary>An option of a verb.</summary>
/// <param name="Name">The name, with its dashes.</param>
/// <param name="Property">The property that it sets; empty for an option of Alembic that has no effect here.</param>
/// <param name="Summary">The description in the help.</param>
public sealed record VerbOption(string Name, string Property, string Summary)
{
    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Another option of the verb that can't be combined with this one; <see langword="null"/> for none.</summary>
    public string? ExcludedBy { get; init; }

    /// <summary>The name of its value in the help; <see langword="null"/> for a flag, which sets the property to <c>true</c>.</summary>
    public string? Value { get; init; }

    /// <summary>Whether its value is free text.</summary>
    public bool IsText => Value == "text";

    /// <summary>The alias with a single letter, or the name if there is none.</summary>
    public string ShortName => Aliases.FirstOrDefault(alias => alias.Length == 2) ?? Name;

    /// <summary>Name and aliases.</summary>
    public IEnumerable<string> Words => Aliases.Prepend(Name);
}
