using MigrationsBuild.Testing;
using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>
/// The files that <c>docs/deploy.md</c> shows: each fenced block is one, and its info string gives the language and the file's name. A
/// block without an info string is the output of a command.
/// </summary>
internal static class DeployDocument
{
    public const string Path = "docs/deploy.md";

    private const string Fence = "```";

    private static readonly Lazy<Dictionary<string, string>> _files = new(Read);

    public static IReadOnlyCollection<string> Names => _files.Value.Keys;

    public static string Text(string name) => _files.Value[name];

    public static YamlNode Yaml(string name)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text(name)));
        return stream.Documents.Single().RootNode;
    }

    private static Dictionary<string, string> Read()
    {
        var files = new Dictionary<string, string>();
        var lines = new Queue<string>(File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path)));
        while (lines.TryDequeue(out var line))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
                continue;
            var text = new StringWriter { NewLine = "\n" };
            while (lines.Dequeue() is var inside && inside != Fence)
                text.WriteLine(inside);
            if (line == Fence)
                continue;
            var name = line[Fence.Length..].Split(' ') is [_, var found]
                ? found
                : throw new InvalidOperationException($"Which file is this? {line}");
            files.Add(name, text.ToString());
        }

        return files;
    }
}
