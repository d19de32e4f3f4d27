using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Projects;

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
        var options = Options(project).Where(option => !_notPassedOn.Contains(option.Key))
            .Select(option => $"{Literal(option.Key)}: {(IsBare(option.Value) ? option.Value : Literal(option.Value))}")
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

    /// <summary>
    /// The switches that the application runs with: those of its own runtimeconfig.json, which has what the project sets and what
    /// <c>runtimeconfig.template.json</c> says. A library has no such file.
    /// </summary>
    private static IReadOnlyDictionary<string, string> Options(ProjectDescription project)
    {
        if (project["RuntimeConfigPath"] is { Length: > 0 } path && File.Exists(path))
            return Properties(path);
        var options = new Dictionary<string, string>();
        foreach (var pair in project.List("HostOptions").Select(pair => pair.Split(['|'], 2)).Where(pair => pair.Length == 2))
            options[pair[0]] = pair[1];
        return options;
    }

    /// <summary>The <c>configProperties</c> of a runtimeconfig.json.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    private static Dictionary<string, string> Properties(string path)
    {
        try
        {
            using var reader = JsonReaderWriterFactory.CreateJsonReader(File.ReadAllBytes(path), XmlDictionaryReaderQuotas.Max);
            var properties = XElement.Load(reader).Element("runtimeOptions")?.Element("configProperties")?.Elements() ?? [];
            // A name that is none in XML is an attribute there.
            return properties.ToDictionary(property => property.Attribute("item")?.Value ?? property.Name.LocalName, property => property.Value);
        }
        catch (Exception failure) when (failure is XmlException or ArgumentException)
        {
            throw new IOException($"{path} is no runtimeconfig.json: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a value is a literal of JSON as it stands.</summary>
    private static bool IsBare(string value) => value is "true" or "false" || value.All(char.IsDigit) && value.Length is > 0 and < 10;

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
