using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tool.Results;

/// <summary>The code pages, which are in a folder of the tool.</summary>
internal static class HelpPage
{
    /// <summary>The URL of a page.</summary>
    public static string Of(DiagnosticCode code) => new Uri(Path.Combine(AppContext.BaseDirectory, "codes", code.Id + ".md")).AbsoluteUri;
}
