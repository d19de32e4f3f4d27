namespace MigrationsBuild.Diagnostics;

/// <summary>A kind of finding. Each has a page <c>docs/codes/&lt;code&gt;.md</c>.</summary>
/// <param name="Id"><c>MIG</c> and four digits.</param>
/// <param name="Title">What it means, in a few words, as the page's heading has it.</param>
/// <param name="Gate">How loud it is.</param>
public sealed record DiagnosticCode(string Id, string Title, Gate Gate)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
