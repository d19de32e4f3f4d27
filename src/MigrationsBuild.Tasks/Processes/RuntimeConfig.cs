using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// The worker's runtimeconfig.json. It is not the application's: a class library has none, a self-contained application's names no
/// framework, and one that is published with AOT forbids what EF Core's model building needs.
/// </summary>
internal static class RuntimeConfig
{
    private static readonly string[] _notPassedOn = ["System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", "System.GC.Server", "System.GC.Concurrent"];

    /// <summary>Writes the file. Its name says what it holds: a call with other properties must not replace it.</summary>
    /// <param name="project">The project.</param>
    /// <returns>Its path.</returns>
    public static string Write(ProjectDescription project)
    {
        var text = Text(project);
        var path = project.StateFile($"worker.{ContentHash.OfText(text).Substring(0, 16)}.runtimeconfig.json");
        FileTransaction.WriteFile(path, text);
        return path;
    }

    private static string Text(ProjectDescription project)
    {
        var frameworks = project.List("Frameworks").Select(pair => pair.Split('|')).Where(pair => pair.Length == 2 && pair[1].Length > 0)
            .Select(pair => $$"""{ "name": {{Literal(pair[0])}}, "version": {{Literal(Release(pair[1]))}} }""")
            .Distinct()
            .ToList();
        if (frameworks.Count == 0)
            frameworks.Add("""{ "name": "Microsoft.NETCore.App", "version": "8.0.0" }""");
        var options = project.List("HostOptions").Select(pair => pair.Split(['|'], 2)).Where(pair => pair.Length == 2 && !_notPassedOn.Contains(pair[0]))
            .Select(pair => $"{Literal(pair[0])}: {(pair[1] is "true" or "false" || pair[1].All(char.IsDigit) && pair[1].Length is > 0 and < 10 ? pair[1] : Literal(pair[1]))}")
            // A short run on a machine with other work to do. The concurrent collector takes a fifth less memory here, and no more time.
            .Concat(["\"System.GC.Server\": false", "\"System.GC.Concurrent\": true", "\"System.Runtime.TieredPGO\": false"]);
        return $$"""
            {
              "runtimeOptions": {
                "rollForward": "Major",
                "frameworks": [
                  {{string.Join(",\n      ", frameworks)}}
                ],
                "configProperties": {
                  {{string.Join(",\n      ", options)}}
                }
              }
            }

            """.Replace("\r\n", "\n");
    }

    /// <summary>The first patch of a release: any installed one will do.</summary>
    private static string Release(string version) => string.Join(".", version.Split('-')[0].Split('.').Take(2)) + ".0";

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c < ' ')
                literal.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                literal.Append(c);
        }

        return literal.Append('"').ToString();
    }
}
