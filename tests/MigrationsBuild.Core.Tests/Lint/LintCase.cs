using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Lint;

/// <summary>A migration and the codes that it gets.</summary>
/// <param name="Name">What the migration does.</param>
/// <param name="Up">Its SQL.</param>
/// <param name="Codes">The codes, in the order of the findings, separated by blanks; empty for none.</param>
public sealed record LintCase(string Name, string Up, string Codes)
{
    /// <summary>The tables before the migration.</summary>
    public string Before { get; init; } = "";

    /// <summary>The tables after it, by the model.</summary>
    public string After { get; init; } = "";

    /// <summary>The SQL of the migration before it.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>The columns of enums as text.</summary>
    public string EnumText { get; init; } = "";

    /// <summary>The discriminator.</summary>
    public string Discriminator { get; init; } = "";

    /// <summary>The migration to lint.</summary>
    public LintInput Input => new(Up, SqlDialect.PostgreSql)
    {
        Before = Before,
        After = After,
        Earlier = Earlier.Length == 0 ? [] : [Earlier],
        EnumTexts = [EnumText],
        Discriminators = [Discriminator],
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
