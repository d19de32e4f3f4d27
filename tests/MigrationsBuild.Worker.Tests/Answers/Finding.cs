using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>A diagnostic of an answer, as tests compare it.</summary>
/// <param name="Folder">The folder that its file is relative to.</param>
public sealed record Finding(Diagnostic Diagnostic, string Folder)
{
    public string Code => Diagnostic.Code.Id;

    public string Text => Diagnostic.Text;

    /// <summary>The relative path of the file; empty without a location.</summary>
    public string File => Diagnostic.Location is { } location ? Path.GetRelativePath(Folder, location.File) : "";

    /// <summary>The line of source with a bar at the column of the diagnostic: <c>public string? |Avatar { get; set; }</c>.</summary>
    public string Source => Diagnostic.Location is { } location
        ? System.IO.File.ReadLines(location.File).ElementAt(location.Line - 1).Insert(location.Column - 1, "|").Trim()
        : "";
}
