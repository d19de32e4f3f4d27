using Microsoft.EntityFrameworkCore;
using QuickStart;
using QuickStart.Models;

using var blog = new BlogContext();
blog.Posts.Add(new Post { Title = $"Written at {DateTime.Now:T}", Author = new User { Name = Environment.UserName } });
blog.SaveChanges();
foreach (var post in blog.Posts.Include(post => post.Author))
    Console.WriteLine($"{post.Id}  {post.Title}  by {post.Author.Name}");
