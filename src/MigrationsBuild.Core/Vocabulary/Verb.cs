namespace MigrationsBuild.Vocabulary;

/// <summary>Something that people ask for: a word of the command lines, and a target of the build.</summary>
/// <param name="Name">The word, which the runner takes as well.</param>
/// <param name="Target">The MSBuild target that it starts.</param>
/// <param name="Summary">What it does, in a line.</param>
public sealed record Verb(string Name, string Target, string Summary)
{
    /// <summary>Other words for it: Alembic's.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What may come behind it without a name.</summary>
    public VerbArgument? Argument { get; init; }

    /// <summary>Its own options.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>Calls as one writes them, without <c>dotnet db</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The property that <c>--verbose</c> sets; <see langword="null"/> if the verb's results have no longer form.</summary>
    public string? VerboseProperty { get; init; }

    /// <summary>Whether a JSON document always holds the longer form: the shorter one is for people only.</summary>
    public bool IsVerboseAsJson { get; init; }

    /// <summary>Whether a deployed runner has it.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>Whether it only reads where it has a database. Others need the primary server, and wait for it.</summary>
    public bool LeavesDatabaseAlone { get; init; }

    /// <summary>Whether <c>dotnet db</c> does it without a build where nothing has changed since the one before.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether a build for it records the facts that such a call needs.</summary>
    public bool RecordsCall { get; init; }

    /// <summary>Whether it runs over the projects of a solution.</summary>
    public bool TakesSolution { get; init; }

    /// <summary>Whether model drift and unapproved migrations are what it looks for, so that its exit code tells of them.</summary>
    public bool LooksForDrift { get; init; }

    /// <summary>Name and aliases.</summary>
    public IEnumerable<string> Words => Aliases.Prepend(Name);

    /// <summary>The properties that a call of it may give, besides those of every call.</summary>
    public IReadOnlyList<string> Properties =>
    [
        .. Options.Select(option => option.Property).Prepend(Argument?.Property).Append(VerboseProperty).OfType<string>()
            .Where(name => name.Length > 0),
    ];

    /// <summary>Its option that sets a property; <see langword="null"/> if it has none.</summary>
    /// <param name="property">The property's name.</param>
    public VerbOption? FindOption(string property) => Options.FirstOrDefault(option => option.Property == property);

    /// <summary>Those of <see cref="Properties"/> that are <c>true</c> or <c>false</c>.</summary>
    public IEnumerable<string> Flags =>
        Options.Where(option => option.Value is null && option.Property.Length > 0).Select(option => option.Property)
            .Append(VerboseProperty).OfType<string>();
}

/// <summary>What comes behind a verb without a name.</summary>
/// <param name="Name">Its name in the help.</param>
/// <param name="Property">The property that it becomes.</param>
/// <param name="Summary">What it says.</param>
public sealed record VerbArgument(string Name, string Property, string Summary)
{
    /// <summary>How many there must be.</summary>
    public int AtLeast { get; init; }

    /// <summary>How many there may be; several become one value with commas between.</summary>
    public int AtMost { get; init; } = 1;
}

/// <summary>An option of a verb.</summary>
/// <param name="Name">Its name, with its dashes.</param>
/// <param name="Property">The property that it sets; empty for a word of Alembic that changes nothing here.</param>
/// <param name="Summary">What it says.</param>
public sealed record VerbOption(string Name, string Property, string Summary)
{
    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Another option of the verb that leaves this one nothing to do; <see langword="null"/> for none.</summary>
    public string? ExcludedBy { get; init; }

    /// <summary>The name of its value in the help; <see langword="null"/> for a flag, which sets the property to <c>true</c>.</summary>
    public string? Value { get; init; }

    /// <summary>Whether its value is free text.</summary>
    public bool IsText => Value == "text";

    /// <summary>Its alias of a single letter, if it has one, or its name.</summary>
    public string ShortName => Aliases.FirstOrDefault(alias => alias.Length == 2) ?? Name;

    /// <summary>Name and aliases.</summary>
    public IEnumerable<string> Words => Aliases.Prepend(Name);
}
