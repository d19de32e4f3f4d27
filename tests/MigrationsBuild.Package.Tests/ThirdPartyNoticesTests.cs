namespace MigrationsBuild.Package.Tests;

/// <summary>The notices of third parties, against what the packages contain.</summary>
[TestClass]
public class ThirdPartyNoticesTests
{
    private const string Notices = "THIRD-PARTY-NOTICES.txt";
    private static readonly string[] _packages = ["MigrationsBuild", "MigrationsBuild.Tool"];

    [TestMethod]
    public void They_name_every_library_of_others_in_both_packages_and_no_other()
    {
        var contained = _packages.SelectMany(PackageFeed.Shared.Files).Where(IsLibrary).Select(file => Path.GetFileName(file)!)
            .Where(file => !file.StartsWith("MigrationsBuild.", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal);

        foreach (var package in _packages)
        {
            var named = Fields(package, "  Files: ").SelectMany(files => files.Split(", ")).Order(StringComparer.Ordinal);
            Assert.AreEqual(string.Join("\n", contained), string.Join("\n", named), package);
        }
    }

    [TestMethod]
    public void Every_license_that_they_name_is_there_in_full()
    {
        var text = PackageFeed.Shared.Read("MigrationsBuild", Notices);
        var licenses = Fields("MigrationsBuild", "  License: ").Distinct().Order(StringComparer.Ordinal).ToArray();

        CollectionAssert.AreEqual(licenses, Fields("MigrationsBuild", "License: ").Order(StringComparer.Ordinal).ToArray());
        Assert.HasCount(Fields("MigrationsBuild", "  Files: ").Length, Fields("MigrationsBuild", "  Copyright: "));
        Assert.Contains("END OF TERMS AND CONDITIONS", text);
        Assert.Contains("Permission is hereby granted, free of charge", text);
        Assert.Contains("NPGSQL SPECIFICALLY DISCLAIMS ANY WARRANTIES", text);
    }

    private static bool IsLibrary(string file) => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" or ".exe" or ".a";

    private static string[] Fields(string package, string name) =>
    [
        .. PackageFeed.Shared.Read(package, Notices).Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => line[name.Length..].Trim()),
    ];
}
