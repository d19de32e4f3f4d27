extern alias InProcess;

using System.Reflection;
using InProcess::MigrationsBuild.Contexts;
using InProcess::MigrationsBuild.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TypeInfo = System.Reflection.TypeInfo;

namespace MigrationsBuild.Worker.Tests.Scaffolding;

[TestClass]
public class MigrationNameCheckTests
{
    [TestMethod]
    public void A_class_without_the_package_of_its_base_class_doesnt_matter()
    {
        var package = Compile("Package", "public class Base;");
        var types = new Types(Assembly.Load(Compile("Shop", "class Report : Base; class Initial;", package)));
        var report = new ContextReport("Shop.ShopContext", "", "Shop", "", "", "", null!, [], [], "");
        var check = new MigrationNameCheck(new MigrationsProject("Shop", "/shop"), report, types);

        check.Check("Begin");

        Assert.StartsWith(
            "A class with that name already exists: Initial.",
            Assert.ThrowsExactly<MigrationsException>(() => check.Check("Initial")).Message);
    }

    private static byte[] Compile(string name, string code, params byte[][] references)
    {
        var system = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [system, .. references.Select(reference => MetadataReference.CreateFromImage(reference))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.IsTrue(result.Success, string.Join("\n", result.Diagnostics));
        return image.ToArray();
    }

    private sealed class Types(Assembly assembly) : IMigrationsAssembly
    {
        public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } = new Dictionary<string, TypeInfo>();

        public ModelSnapshot? ModelSnapshot => null;

        public Assembly Assembly => assembly;

        public string? FindMigrationId(string nameOrId) => null;

        public Migration CreateMigration(TypeInfo migrationClass, string activeProvider) => throw new NotSupportedException();
    }
}
