using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// The worker's runtimeconfig.json. The application's can't be used: a class library has none, that of a self-contained application names
/// no framework, and that of an AOT application forbids what EF Core needs to build models.
/// </summary>
internal static class RuntimeConfig
{
    private static readonly string[] _ignoredOptions =
    [
        "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported",
        "System.GC.Server",
        "System.GC.Concurrent",
    ];

    // The run is short, and the machine has other work. The concurrent collector needs a fifth less memory here, and no more time.
    private static readonly string[] _ownOptions =
    [
        "\"System.GC.Server\": false",
        "\"System.GC.Concurrent\": true",
        "\"System.Runtime.TieredPGO\": false",
    ];

    /// <summary>
    /// Writes the file. A hash of the content is part of its name, so that a call with other properties doesn't replace it.
    /// </summary>
    /// <returns>The path of the file.</returns>
    public static string Write(ProjectDescription project)
    {
        var text = Text(project);
        var path = project.StateFile($"worker.{ContentHash.OfText(text).Substring(0, 16)}.runtimeconfig.json");
        FileTransaction.WriteFile(path, text);
        return path;
    }

    private static string Text(ProjectDescription project)
    {
        var frameworks = project.List("Frameworks")
            .Select(pair => pair.Split('|'))
            .Where(pair => pair.Length == 2 && pair[1].Length > 0)
            .Select(pair => $$"""{ "name": {{Literal(pair[0])}}, "version": {{Literal(Release(pair[1]))}} }""")
            .Distinct()
            .ToList();
        if (frameworks.Count == 0)
            frameworks.Add("""{ "name": "Microsoft.NETCore.App", "version": "8.0.0" }""");
        var options = Options(project)
            .Where(option => !_ignoredOptions.Contains(option.Key))
            .Select(option => $"{Literal(option.Key)}: {(IsBare(option.Value) ? option.Value : Literal(option.Value))}")
            .Concat(_ownOptions);
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
    /// The runtime options of the application: those of its runtimeconfig.json, which contains the options of the project and of
    /// <c>runtimeconfig.template.json</c>. A library has no such file.
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
    /// <exception cref="IOException">The file can't be read.</exception>
    private static Dictionary<string, string> Properties(string path)
    {
        try
        {
            using var reader = JsonReaderWriterFactory.CreateJsonReader(File.ReadAllBytes(path), XmlDictionaryReaderQuotas.Max);
            var properties = XElement.Load(reader).Element("runtimeOptions")?.Element("configProperties")?.Elements() ?? [];
            // A name that is not valid in XML is in an attribute.
            return properties.ToDictionary(
                property => property.Attribute("item")?.Value ?? property.Name.LocalName,
                property => property.Value);
        }
        catch (Exception failure) when (failure is XmlException or ArgumentException)
        {
            throw new IOException($"{path} is not a valid runtimeconfig.json: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a value is a JSON literal without quotes.</summary>
    private static bool IsBare(string value) =>
        value is "true" or "false" || (value.All(char.IsDigit) && value.Length is > 0 and < 10);

    /// <summary>The first patch of a release, so that any installed patch can be used.</summary>
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
