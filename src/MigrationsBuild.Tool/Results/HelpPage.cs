using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tool.Results;

/// <summary>The pages of diagnostics, which lie beside the tool.</summary>
internal static class HelpPage
{
    /// <summary>The address of a page.</summary>
    public static string Of(DiagnosticCode code) => new Uri(Path.Combine(AppContext.BaseDirectory, "codes", code.Id + ".md")).AbsoluteUri;
}
