namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The environment of the application. Variables belong to the whole process, so no other test runs at the same time.</summary>
[TestClass]
[DoNotParallelize]
public class EnvironmentTests
{
    [TestMethod]
    [DataRow("Staging", "Staging")]
    [DataRow(null, "Production", DisplayName = "Only that of ASP.NET Core")]
    public void A_variable_of_the_user_is_kept(string? value, string environment)
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Production");
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", value);
        try
        {
            Assert.Contains($"The environment is {environment}.", Fixture.Startup.Ask().Output);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", null);
            Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", null);
        }
    }
}
