using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The counterparts of settings in <c>alembic.ini</c>, <c>env.py</c> and <c>script.py.mako</c>.</summary>
[TestClass]
public class ConfigurationTests
{
    [TestMethod]
    public void Hooks_before_and_after_are_targets()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("App.csproj", "</Project>", """
              <Target Name="Before" BeforeTargets="DbMigrate"><Message Importance="high" Text="before DbMigrate" /></Target>
              <Target Name="After" AfterTargets="DbMigrate"><Message Importance="high" Text="after DbMigrate" /></Target>
            </Project>
            """);

        var output = project.Run("DbMigrate").Output;
        Assert.IsLessThan(
            output.IndexOf("1 migration applied", StringComparison.Ordinal),
            output.IndexOf("before DbMigrate", StringComparison.Ordinal));
        Assert.IsLessThan(
            output.IndexOf("after DbMigrate", StringComparison.Ordinal),
            output.IndexOf("1 migration applied", StringComparison.Ordinal));
        Assert.DoesNotContain("after DbMigrate", project.Build("-t:DbMigrate", "-p:DbTo=nope").Output);
    }
}
