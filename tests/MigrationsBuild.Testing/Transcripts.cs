using System.Text.RegularExpressions;

namespace MigrationsBuild.Testing;

/// <summary>
/// The transcripts of a document: blocks of code with commands after <c>$ </c>, each with its output. A test executes the commands and
/// compares the output, so that the document can't be wrong.
/// </summary>
/// <param name="document">The document, relative to the repository.</param>
public sealed partial class Transcripts(string document)
{
    private readonly IReadOnlyList<(string Heading, IReadOnlyList<(string Command, string Output)> Commands)> _blocks = Read(document);

    /// <summary>The headings of the sections with transcripts, and the number of blocks in each.</summary>
    public IEnumerable<(string Heading, int Count)> Sections =>
        _blocks.GroupBy(block => block.Heading).Select(section => (section.Key, section.Count()));

    /// <summary>Executes the commands of a block and compares their output.</summary>
    /// <param name="heading">The heading of its section.</param>
    /// <param name="number">The number of the block in the section, from 1.</param>
    /// <param name="run">Runs a command, which is given as its words.</param>
    /// <exception cref="InvalidOperationException">The document has no such block, or an output differs.</exception>
    public void Run(string heading, int number, Func<string[], CommandResult> run)
    {
        var block = _blocks.Where(block => block.Heading == heading).ElementAtOrDefault(number - 1);
        if (block.Commands is null)
            throw new InvalidOperationException($"{document} has no block {number} below \"{heading}\".");
        foreach (var (command, expected) in block.Commands)
        {
            var result = run(Words(command));
            var actual = (result.Output + result.Error).ReplaceLineEndings("\n").TrimEnd('\n');
            if (Normalized(actual) != Normalized(expected))
                throw new InvalidOperationException($"{document}, \"{heading}\":\n{expected}\n--- actual output:\n{result}");
        }
    }

    /// <summary>The words of a command line, in which double quotes may contain spaces.</summary>
    private static string[] Words(string command) =>
        [.. Word().Matches(command).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal))];

    /// <summary>The output without what is different in each run: times, hashes and durations.</summary>
    private static string Normalized(string output) => Variable().Replace(output, match =>
        match.Groups["id"].Success ? "<id>_"
        : match.Groups["hash"].Success ? "<hash>"
        : match.Groups["time"].Success ? "<time>"
        : "<duration> ms");

    private static List<(string, IReadOnlyList<(string, string)>)> Read(string document)
    {
        var (blocks, heading) = (new List<(string, IReadOnlyList<(string, string)>)>(), "");
        List<(string Command, string Output)>? block = null;
        var isCode = false;
        foreach (var line in File.ReadAllLines(Path.Combine(Repository.Root, document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (isCode && block is not null)
                    blocks.Add((heading, block.ConvertAll(one => (one.Command, one.Output.TrimEnd('\n')))));
                (isCode, block) = (!isCode, null);
            }
            else if (!isCode && line.StartsWith('#'))
            {
                heading = line.TrimStart('#', ' ');
            }
            else if (isCode && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                (block ??= []).Add((line[2..], ""));
            }
            else if (block is not null)
            {
                block[^1] = (block[^1].Command, block[^1].Output + line + "\n");
            }
        }

        return blocks;
    }

    [GeneratedRegex("(?:\"[^\"]*\"|[^ \"])+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<id>\b\d{14}_)|(?<hash>\b[0-9a-f]{12,64}\b)|(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^ ]*)|\b\d+ ms\b")]
    private static partial Regex Variable();
}
