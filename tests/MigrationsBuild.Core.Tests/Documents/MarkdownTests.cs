using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The documents as GitHub reads them.</summary>
[TestClass]
public partial class MarkdownTests
{
    private static readonly MarkdownPipeline _pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    private static IEnumerable<string> Paths =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "nuget/README.md" },
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> CodePages => Paths.Where(path => path.StartsWith("docs/codes/", StringComparison.Ordinal));

    [TestMethod]
    [DynamicData(nameof(Paths))]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist(string path)
    {
        foreach (var link in Read(path).Descendants<LinkInline>().Where(link => !link.Url!.Contains("://", StringComparison.Ordinal)))
        {
            var (file, heading) = link.Url!.Split('#') is [var before, var after] ? (before, after) : (link.Url, "");
            var target = file.Length == 0
                ? path
                : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, file));
            Assert.IsTrue(Path.Exists(Path.Combine(Repository.Root, target)), link.Url);
            if (heading.Length > 0)
                Assert.Contains(heading, Read(target).Descendants<HeadingBlock>().Select(block => block.GetAttributes().Id), link.Url);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Paths))]
    public void Every_table_is_whole(string path)
    {
        var document = Read(path);
        foreach (var table in document.Descendants<Table>())
        {
            foreach (var row in table.Cast<TableRow>())
                Assert.HasCount(((TableRow)table[0]).Count, row, $"{path}({row.Line + 1})");
        }

        // A row that belongs to no table is text with bars.
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        foreach (var paragraph in document.Descendants<ParagraphBlock>().Where(paragraph => paragraph.Parent is not TableCell))
        {
            var lines = text.Substring(paragraph.Span.Start, paragraph.Span.Length).Split('\n');
            Assert.IsFalse(Array.Exists(lines, line => line.StartsWith('|')), $"{path}({paragraph.Line + 1})");
        }

        foreach (var code in document.Descendants<CodeInline>())
            Assert.IsFalse(Row().IsMatch(code.Content), $"{path}({code.Line + 1}): {code.Content}");
    }

    [TestMethod]
    [DynamicData(nameof(Paths))]
    public void Every_path_of_the_repository_that_is_named_exists(string path)
    {
        foreach (var code in Read(path).Descendants<CodeInline>().Where(code => RepositoryPath().IsMatch(code.Content)))
            Assert.IsTrue(Path.Exists(Path.Combine(Repository.Root, code.Content)), $"{path}({code.Line + 1}): {code.Content}");
    }

    [TestMethod]
    [DynamicData(nameof(CodePages))]
    public void Every_section_of_a_code_has_a_text(string path)
    {
        var blocks = Read(path).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is HeadingBlock { Level: 2 } heading)
                Assert.IsTrue(
                    i + 1 < blocks.Count && blocks[i + 1] is not HeadingBlock && blocks[i + 1].Span.Length > 10,
                    $"{path}({heading.Line + 1})");
        }
    }

    private static MarkdownDocument Read(string path) => Markdown.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)), _pipeline);

    [GeneratedRegex(@"^\| .* \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(src|tests|docs|build|nuget|samples|\.ci)/[\w./-]+$")]
    private static partial Regex RepositoryPath();
}
