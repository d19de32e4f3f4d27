namespace MigrationsBuild.Worker.Tests;

/// <summary>An entity of the tests' models; those that have none of its properties ignore them.</summary>
internal sealed class Blog
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Rank { get; set; }

    public string[] Tags { get; set; } = [];
}
