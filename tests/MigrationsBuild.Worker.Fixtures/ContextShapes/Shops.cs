using Microsoft.EntityFrameworkCore;

namespace MigrationsBuild.Worker.Fixtures.ContextShapes
{
    /// <summary>A context on SQLite with a single table.</summary>
    public abstract class TemplateContext<TEntity> : DbContext
        where TEntity : class
    {
        public DbSet<TEntity> All => Set<TEntity>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");
    }

    public class Entry
    {
        public int Id { get; set; }
    }

    public static class Audit
    {
        /// <summary>Nested and inherited.</summary>
        public class TrailContext : TemplateContext<Entry>;

        /// <summary>Internal.</summary>
        internal sealed class InternalContext : TemplateContext<Entry>;
    }
}

namespace MigrationsBuild.Worker.Fixtures.ContextShapes.Sales
{
    public class Order
    {
        public int Id { get; set; }
    }

    /// <summary>One of two contexts with this name. Its migrations are in the folder <c>Data</c>.</summary>
    public class ShopContext : TemplateContext<Order>;
}

namespace MigrationsBuild.Worker.Fixtures.ContextShapes.Stock
{
    public class Item
    {
        public int Id { get; set; }
    }

    /// <summary>The other context with this name, without migrations.</summary>
    public class ShopContext : TemplateContext<Item>;
}
