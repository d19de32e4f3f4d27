using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>The parts of a YAML document, by their path.</summary>
internal static class YamlNodes
{
    /// <summary>What lies at the end of the path of keys, or <see langword="null"/>.</summary>
    public static YamlNode? Find(this YamlNode node, params string[] path) => path.Aggregate(
        (YamlNode?)node, (at, key) => at is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var child) ? child : null);

    public static YamlNode At(this YamlNode node, params string[] path) =>
        node.Find(path) ?? throw new InvalidOperationException($"There is no {string.Join('.', path)} in {node}");

    public static string Text(this YamlNode node, params string[] path) => ((YamlScalarNode)node.At(path)).Value!;

    /// <summary>The elements of a sequence; none if there is no such sequence.</summary>
    public static IReadOnlyList<YamlNode> All(this YamlNode node, params string[] path) =>
        node.Find(path) is YamlSequenceNode sequence ? [.. sequence.Children] : [];

    public static IReadOnlyList<string> Texts(this YamlNode node, params string[] path) =>
        [.. node.All(path).Select(child => child.Text())];

    /// <summary>The names and values of a mapping; none if there is no such mapping.</summary>
    public static IReadOnlyList<(string Key, YamlNode Value)> Pairs(this YamlNode node, params string[] path) =>
        node.Find(path) is YamlMappingNode mapping ? [.. mapping.Children.Select(pair => (pair.Key.Text(), pair.Value))] : [];
}
