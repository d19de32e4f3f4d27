using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Changes of a project's model that many tests make.</summary>
internal static class TestCode
{
    public static readonly Dictionary<string, string?> Ci = new() { ["CI"] = "true" };

    /// <summary>Adds <c>User.Avatar</c>.</summary>
    public static TestProject AddAvatar(this TestProject project) => project.AddToUser("public string? Avatar { get; set; }");

    /// <summary>Adds a member to the class User.</summary>
    public static TestProject AddToUser(this TestProject project, string member)
    {
        project.Folder.Replace("Models/User.cs", "\n}", $"\n\n    {member}\n}}");
        return project;
    }

    /// <summary>Adds a statement to OnModelCreating.</summary>
    public static TestProject Configure(this TestProject project, string statement)
    {
        project.Folder.Replace(
            "AppContext.cs",
            "\n}",
            $"\n\n    protected override void OnModelCreating(ModelBuilder builder)\n    {{\n        {statement}\n    }}\n}}");
        return project;
    }
}
