// What the pages can do without, and are nicer with: copying, and filtering while one types.
for (const block of document.querySelectorAll('.copy')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  const text = block.querySelector('pre');
  button.setAttribute('aria-label', 'Copy: ' + text.getAttribute('aria-label'));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  block.append(button);
}

const input = document.querySelector('form.search input[name=q]');
if (input) {
  const count = document.getElementById('count');
  const tools = [...document.querySelectorAll('article[data-words]')]
    .map(element => ({ element, text: (element.textContent + ' ' + element.dataset.words).toLowerCase() }));
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    let shown = 0;
    for (const { element, text } of tools) {
      element.hidden = !words.every(word => text.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll('section.group')) {
      group.hidden = !group.querySelector('article:not([hidden])');
    }
    count.textContent = shown === 1 ? '1 tool' : shown + ' tools';
  });
}
