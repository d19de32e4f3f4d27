namespace App

open Microsoft.EntityFrameworkCore

type User() =
    member val Id = 0 with get, set
    member val Name = "" with get, set

type AppDbContext() =
    inherit DbContext()
    member this.Users = this.Set<User>()
    override _.OnModelCreating(builder) = builder.Entity<User>().ToTable("Users") |> ignore
    override _.OnConfiguring(options) = options.UseSqlite("Data Source=app.db") |> ignore

module Program =
    [<EntryPoint>]
    let main _ = 0
