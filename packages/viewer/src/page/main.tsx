import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';
import './style/widget.css';
import './style/pages.css';
import { App } from './app.tsx';

render(<App />, document.getElementById('page') ?? document.body);
