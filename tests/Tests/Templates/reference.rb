# Renders templates, a JSON array on standard input, over data, a file of JSON, with the reference implementation.
require "json"
require "liquid"

data = File.read(ARGV[0])
rendered = JSON.parse($stdin.read).map do |source|
  Liquid::Template.parse(source, error_mode: :lax).render(JSON.parse(data))
rescue Liquid::Error => error
  error.message
end
puts JSON.generate(rendered)
