namespace MigrationsBuild.Vocabulary;

/// <summary>
/// The next command for the reader of a message. It is a value, because a build, <c>dotnet db</c> and a deployed runner spell the same
/// command differently: see <see cref="HintWriter"/>.
/// </summary>
/// <param name="LeadIn">The words before the command, without a colon: <c>Run</c>, <c>To roll it back, run</c>.</param>
/// <param name="Verb">The verb to call; <see langword="null"/> to repeat the same call with more arguments.</param>
/// <param name="Arguments">The arguments of the command.</param>
public sealed record Hint(string LeadIn, Verb? Verb, Arguments Arguments)
{
    private const string ContextProperty = "DbContextName";

    /// <summary>The properties that name the context and the folder of its migrations. Every verb takes them.</summary>
    private static readonly string[] _common = [ContextProperty, "DbMigrationsFolder"];

    /// <summary>A hint to call a verb.</summary>
    /// <param name="leadIn">The words before the command, without a colon.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="argument">The value of its <see cref="Verb.Argument"/>; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">The verb takes no argument.</exception>
    public Hint(string leadIn, Verb verb, string? argument = null)
        : this(leadIn, verb, argument is null ? Arguments.None : Arguments.None.With(ArgumentOf(verb), argument))
    {
    }

    /// <summary>A hint that says <c>Run:</c> and the command.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="argument">The value of its <see cref="Verb.Argument"/>; <see langword="null"/> for none.</param>
    public static Hint Run(Verb verb, string? argument = null) => new("Run", verb, argument);

    /// <summary>A hint to repeat the call with one more argument.</summary>
    /// <param name="leadIn">The words before the argument, without a colon.</param>
    /// <param name="property">The MSBuild property: an argument of the same verb, or a setting.</param>
    /// <param name="value">Its value.</param>
    public static Hint Add(string leadIn, string property, string value) => new(leadIn, null, Arguments.None.With(property, value));

    /// <summary>The hint as a command of <c>dotnet build</c>.</summary>
    public override string ToString() => new BuildHints().Write("", [this]);

    /// <summary>The hint as a command for one of several contexts.</summary>
    /// <param name="context">
    /// The name of the context; empty if a call without a name chooses it. It isn't added to the same call with more arguments, which has
    /// the name already, or to a verb that takes all contexts.
    /// </param>
    public Hint InContext(string context)
    {
        bool IsGiven(string? property) => property is not null && Arguments[property].Length > 0;
        var needsName = Verb is not null && (!Verb.TakesAllContexts || IsGiven(Verb.Argument?.Property));
        return needsName && !IsGiven(ContextProperty) ? With(ContextProperty, context) : this;
    }

    private static string ArgumentOf(Verb verb) =>
        verb.Argument?.Property ?? throw new ArgumentException($"{verb.Name} takes no argument.", nameof(verb));

    /// <summary>The hint with one more argument.</summary>
    /// <param name="property">The MSBuild property.</param>
    /// <param name="value">Its value; nothing is added for <see langword="null"/> and the empty string.</param>
    /// <exception cref="ArgumentException">The verb has no such property.</exception>
    public Hint With(string property, string? value) => Verb is null || Verb.Properties.Contains(property) || _common.Contains(property)
        ? this with { Arguments = Arguments.With(property, value) }
        : throw new ArgumentException($"{Verb.Name} has no property {property}.", nameof(property));
}
