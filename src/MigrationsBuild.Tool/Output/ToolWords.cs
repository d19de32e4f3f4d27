using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Output;

/// <summary>Our texts in the words of <c>dotnet db</c>.</summary>
internal static class ToolWords
{
    private static readonly Dictionary<string, string> _options = new() { ["DbContextName"] = "--context" };

    /// <summary>The words for a call.</summary>
    /// <param name="called">The verb that was called.</param>
    public static CommandLineWords For(Verb called) => new("dotnet db", VerbTable.All, _options) { Called = called };
}
