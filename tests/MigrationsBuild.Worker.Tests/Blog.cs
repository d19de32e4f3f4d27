namespace MigrationsBuild.Worker.Tests;

/// <summary>The entity of the tests' models. A model without one of its properties ignores it.</summary>
internal sealed class Blog
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Rank { get; set; }

    public string[] Tags { get; set; } = [];
}
