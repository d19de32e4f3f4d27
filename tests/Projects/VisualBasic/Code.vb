Imports Microsoft.EntityFrameworkCore

Public Class User
    Public Property Id As Integer
    Public Property Name As String = ""
End Class

Public Class AppDbContext
    Inherits DbContext

    Public Property Users As DbSet(Of User)

    Protected Overrides Sub OnConfiguring(options As DbContextOptionsBuilder)
        options.UseSqlite("Data Source=app.db")
    End Sub
End Class

Public Module Program
    Public Sub Main()
    End Sub
End Module
