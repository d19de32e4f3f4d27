using Microsoft.EntityFrameworkCore;
using QuickStart.Models;

namespace QuickStart;

public class BlogContext : DbContext
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Post> Posts => Set<Post>();

    public DbSet<Tag> Tags => Set<Tag>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseSqlite("Data Source=quickstart.db");
}
