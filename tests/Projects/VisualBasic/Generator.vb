Imports Microsoft.EntityFrameworkCore
Imports Microsoft.EntityFrameworkCore.Design
Imports Microsoft.EntityFrameworkCore.Metadata
Imports Microsoft.EntityFrameworkCore.Migrations
Imports Microsoft.EntityFrameworkCore.Migrations.Design
Imports Microsoft.EntityFrameworkCore.Migrations.Operations
Imports Microsoft.Extensions.DependencyInjection

Public Class DesignServices
    Implements IDesignTimeServices

    Public Sub ConfigureDesignTimeServices(services As IServiceCollection) Implements IDesignTimeServices.ConfigureDesignTimeServices
        services.AddSingleton(Of IMigrationsCodeGenerator, Generator)()
    End Sub
End Class

''' <summary>As much of a generator as the entity User needs.</summary>
Public Class Generator
    Inherits MigrationsCodeGenerator

    Private Const Head As String = "Imports Microsoft.EntityFrameworkCore
Imports Microsoft.EntityFrameworkCore.Infrastructure
Imports Microsoft.EntityFrameworkCore.Migrations

"

    Private Const UserModel As String = "
        modelBuilder.HasAnnotation(""ProductVersion"", ""10.0.14"")
        modelBuilder.Entity(""App.User"", Sub(b)
            b.Property(Of Integer)(""Id"").ValueGeneratedOnAdd().HasColumnType(""INTEGER"")
            b.Property(Of String)(""Name"").HasColumnType(""TEXT"")
            b.HasKey(""Id"")
            b.ToTable(""Users"")
        End Sub)
    End Sub
End Class
"

    Public Sub New(dependencies As MigrationsCodeGeneratorDependencies)
        MyBase.New(dependencies)
    End Sub

    Public Overrides ReadOnly Property FileExtension As String = ".vb"

    Public Overrides ReadOnly Property Language As String = "VB"

    Public Overrides Function GenerateMigration(
            space As String,
            name As String,
            up As IReadOnlyList(Of MigrationOperation),
            down As IReadOnlyList(Of MigrationOperation)) As String
        Return Head & $"Partial Public Class {name}
    Inherits Migration

    Protected Overrides Sub Up(builder As MigrationBuilder)
        builder.Sql(""CREATE TABLE Users (Id INTEGER PRIMARY KEY, Name TEXT)"")
    End Sub
End Class
"
    End Function

    Public Overrides Function GenerateMetadata(
            space As String, contextType As Type, name As String, id As String, targetModel As IModel) As String
        Return Head & $"<DbContext(GetType(AppDbContext)), Migration(""{id}"")>
Partial Public Class {name}
    Protected Overrides Sub BuildTargetModel(modelBuilder As ModelBuilder)" & UserModel
    End Function

    Public Overrides Function GenerateSnapshot(space As String, contextType As Type, name As String, model As IModel) As String
        Return Head & $"<DbContext(GetType(AppDbContext))>
Public Class {name}
    Inherits ModelSnapshot

    Protected Overrides Sub BuildModel(modelBuilder As ModelBuilder)" & UserModel
    End Function
End Class
