using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Text;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Output;

/// <summary>
/// Writes one JSON document to standard output, for programs. Its form is stable: <c>verb</c>, <c>project</c>, <c>success</c>,
/// <c>exitCode</c>, <c>results</c> (one object for each context), <c>lines</c>, <c>diagnostics</c>.
/// </summary>
/// <param name="verb">The verb or command; <see langword="null"/> if the command line has none.</param>
/// <param name="project">The project or solution; <see langword="null"/> if there is none.</param>
internal sealed class JsonOutput(string? verb, string? project) : IOutput
{
    // Readable for people. The encoder is safe because the document is not embedded in a web page.
    private static readonly JsonSerializerOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };
    private static readonly string[] _flags = ["head", "current", "applied", "pending"];

    /// <summary>The results of which a context may have several, each with the name of their list.</summary>
    private static readonly Dictionary<string, string> _lists = new()
    {
        [RunnerMessages.Migration] = "migrations",
        [RunnerMessages.Lock] = "locks",
        [RunnerMessages.Loss] = "losses",
        [RunnerMessages.Difference] = "differences",
        [RunnerMessages.Verified] = "verified",
    };

    public void Line(ReportedLine line)
    {
    }

    public void Result(ReportedResult result)
    {
    }

    public void Diagnostic(ReportedDiagnostic diagnostic)
    {
    }

    // The encoder doesn't escape invisible characters and characters that change the text direction. For programs, escapes are equivalent.
    public void End(CallReport report, int exitCode)
    {
        var json = Document(report, exitCode).ToJsonString(_options).ReplaceLineEndings("\n");
        Console.Out.WriteLine(InvisibleText.Escape(json));
    }

    internal JsonObject Document(CallReport report, int exitCode) => new()
    {
        ["verb"] = verb,
        ["project"] = project,
        ["success"] = exitCode == ExitCodes.Done,
        ["exitCode"] = exitCode,
        ["results"] = Results(report.Results),
        ["lines"] = new JsonArray([.. report.Lines.Select(line => JsonValue.Create(line.Text))]),
        ["diagnostics"] = new JsonArray([.. report.Diagnostics.Select(ToJson)]),
    };

    /// <summary>
    /// One object for each context: its database, the lists of its migrations in the order of the verb, the locks of a dry run, the
    /// dropped data, the differences of a comparison and the verified migrations, and the changes.
    /// </summary>
    private static JsonArray Results(IReadOnlyList<ReportedResult> results)
    {
        var contexts = new JsonArray();
        var open = new Dictionary<string, JsonObject>();
        foreach (var (project, message) in results)
        {
            if (message.Name == RunnerMessages.Database || !open.TryGetValue(project, out var context))
                contexts.Add(open[project] = context = Context(project, message.Find("context")));
            if (_lists.TryGetValue(message.Name, out var list))
                context[list]!.AsArray().Add(ToJson(message));
            else
                context[CamelCase(message.Name)] = ToJson(message);
        }

        return contexts;
    }

    private static JsonObject Context(string project, string? name)
    {
        var context = new JsonObject { ["project"] = project, ["context"] = name, ["database"] = null };
        foreach (var list in _lists.Values)
            context[list] = new JsonArray();
        context["done"] = null;
        return context;
    }

    private static JsonObject ToJson(MessageLine message)
    {
        var json = new JsonObject();
        if (message.Name == RunnerMessages.Migration)
        {
            foreach (var flag in _flags)
                json[flag] = message.Has(flag);
        }

        foreach (var (name, value) in message.Fields.Where(field => field.Name != "context" && !_flags.Contains(field.Name)))
        {
            var isNumber = name is "count" or "rows" or "values" or "size-bytes" || name.EndsWith("-ms", StringComparison.Ordinal);
            json[CamelCase(name)] = isNumber ? message.Number(name) : value;
        }

        return json;
    }

    private static JsonObject ToJson(ReportedDiagnostic diagnostic) => new()
    {
        ["severity"] = diagnostic.Severity,
        ["code"] = diagnostic.Code,
        ["message"] = diagnostic.Message,
        ["file"] = diagnostic.File.Length > 0 ? diagnostic.File : null,
        ["line"] = diagnostic.Line > 0 ? diagnostic.Line : null,
        ["column"] = diagnostic.Column > 0 ? diagnostic.Column : null,
        ["help"] = diagnostic.Help.Length > 0 ? diagnostic.Help : null,
    };

    private static string CamelCase(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
