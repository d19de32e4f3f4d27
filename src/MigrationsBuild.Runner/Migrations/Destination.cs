
namespace MigrationsBuild.Runner.Migrations;

/// <summary>The revision that a call goes to, resolved to a migration once.</summary>
/// <param name="Text">The revision as the call has it.</param>
/// <param name="Id">The migration that it meant; <see langword="null"/> for <c>base</c>.</param>
/// <param name="IsRelative">Whether it counts from the applied migrations, so that the same text can mean another migration later.</param>
/// <param name="Applied">The ids that were applied when it was resolved, oldest first.</param>
internal sealed record Destination(string Text, string? Id, bool IsRelative, IReadOnlyList<string> Applied)
{
    /// <summary>The revision as a text that means the same migration at any time.</summary>
    public string Name => Id ?? "base";
}
